export { html, type Html } from './html';
export { sendPage, type Page } from './page';
export { pageOrRefusal } from './refusal';
