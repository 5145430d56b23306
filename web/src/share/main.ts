import '../app.css'
import { mount } from 'svelte'
import SharePage from './share-page.svelte'

mount(SharePage, { target: document.body })
