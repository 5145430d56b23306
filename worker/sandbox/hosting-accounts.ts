import { randomUUID } from 'node:crypto'

const at = (zone: string, locale: string) => ({ timeZoneId: zone, localeName: locale })

/** The accounts of the hosting company: its own, which may do everything, and one a customer. */
export function hostingAccounts(rootKey: string) {
  const customers = [
    { userName: 'cafe-nordlicht', firstName: 'Jonas', lastName: 'Brandt', ...at('Europe/Berlin', 'de-DE') },
    { userName: 'fernandfox', firstName: 'Maya', lastName: 'Fox', ...at('Europe/London', 'en-GB') },
    { userName: 'atelier-moreau', firstName: 'Claire', lastName: 'Moreau', ...at('Europe/Paris', 'fr-FR') },
    { userName: 'stadtchor', firstName: 'Petra', lastName: 'Weiß', ...at('Europe/Vienna', 'de-AT') },
  ].map((customer) => ({
    ...customer,
    email: `${customer.firstName.toLowerCase()}@${customer.userName}.example`,
    apikey: randomUUID(),
    password: randomUUID(),
  }))
  const root = {
    userName: 'root',
    firstName: 'Rita',
    lastName: 'Lantern',
    email: 'rita@lanternhosting.example',
    ...at('America/Regina', 'en-CA'),
    apikey: rootKey,
    password: randomUUID(),
  }
  return [root, ...customers]
}
