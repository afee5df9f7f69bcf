export { Asked, askedLanguage, type AskedLanguage } from './asked';
export { checkBox, errorSummary, selectField, textField, type FieldErrors } from './form';
export { html, type Html } from './html';
export { sendPage, type Findable, type Page } from './page';
export { pageOrRefusal } from './refusal';
