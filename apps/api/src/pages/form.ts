import type { Language, Spoken } from '@unionhall/platform';
import { html, type Html } from './html';

/** What is wrong with a field, by its name. */
export type FieldErrors = Readonly<Record<string, string>>;

const TITLE: Spoken = { en: 'There is a problem', es: 'Hay un problema' };

/** What is wrong, with a link to each field; focus lands on it when the page comes back (GOV.UK Design System, error summary). */
export function errorSummary(errors: FieldErrors, language: Language): Html | undefined {
  const all = Object.entries(errors);
  if (all.length === 0) return undefined;
  return html`<div class="errors" role="alert" tabindex="-1" autofocus>
    <h2>${TITLE[language]}</h2>
    <ul>
      ${all.map(([name, message]) => html`<li><a href="#${name}">${message}</a></li>`)}
    </ul>
  </div>`;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email';
  readonly autocomplete?: string;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
}

/** One line to fill in, with its label, hint and error. */
export function textField({ name, label, hint, type = 'text', autocomplete, value, error }: Field): Html {
  const described = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`]
    .filter(Boolean)
    .join(' ');
  return html`<div class="field${error !== undefined && ' wrong'}">
    <label for="${name}">${label}</label>
    ${hint !== undefined && html`<span class="hint" id="${name}-hint">${hint}</span>`}
    ${error !== undefined && html`<p id="${name}-error">${error}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      maxlength="254"
      ${autocomplete !== undefined && html`autocomplete="${autocomplete}"`}
      ${described !== '' && html`aria-describedby="${described}"`}
      ${error !== undefined && html`aria-invalid="true"`}
    />
  </div>`;
}

/** One box to tick. It is never ticked before somebody did. */
export function checkBox(name: string, value: string, label: string, checked: boolean): Html {
  return html`<label class="check"
    ><input type="checkbox" name="${name}" value="${value}" ${checked && 'checked'} />
    <span>${label}</span></label
  >`;
}

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string | undefined;
  readonly empty?: string;
  readonly error?: string | undefined;
}

/** One of several, from a list. */
export function selectField({ name, label, options, value, empty, error }: Choice): Html {
  return html`<div class="field${error !== undefined && ' wrong'}">
    <label for="${name}">${label}</label>
    ${error !== undefined && html`<p id="${name}-error">${error}</p>`}
    <select
      id="${name}"
      name="${name}"
      ${error !== undefined && html`aria-describedby="${name}-error" aria-invalid="true"`}
    >
      ${empty !== undefined && html`<option value="">${empty}</option>`}
      ${options.map((one) => html`<option value="${one.value}" ${one.value === value && 'selected'}>${one.label}</option>`)}
    </select>
  </div>`;
}
