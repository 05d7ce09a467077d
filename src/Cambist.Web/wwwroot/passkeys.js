// Passkeys: asks the service for a question, the browser for its answer, and goes where the service says. Pages are complete without it.
(() => {
  const isAble = 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential;
  const away = 'The browser gave no passkey: it was cancelled, took too long, or there is none for this page.';

  class Refused extends Error {}

  // The token that the page's forms carry shows that the request is of this page.
  const ask = async (address, body) => {
    const answer = await fetch(`/account/passkeys/${address}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-requested-with': 'XMLHttpRequest',
        RequestVerificationToken: document.querySelector('[name=__RequestVerificationToken]').value,
      },
      body: JSON.stringify(body),
    });
    if (answer.ok) {
      return answer.json();
    }

    // Where a log-in is needed the answer says where.
    if (answer.headers.has('location')) {
      location.assign(`/account/login?return=${encodeURIComponent(location.pathname)}`);
      throw new Refused('Log in again.');
    }

    const isProblem = answer.headers.get('content-type')?.includes('json');
    throw new Refused(isProblem ? (await answer.json()).detail : await answer.text());
  };

  const run = async (element, work) => {
    const problem = element.querySelector('.field-problem');
    const button = element.querySelector('button');
    problem.textContent = '';
    button.disabled = true;
    try {
      location.assign((await work()).location);
    } catch (fault) {
      problem.textContent = fault instanceof Refused ? fault.message : away;
    } finally {
      button.disabled = false;
    }
  };

  customElements.define('passkey-login', class extends HTMLElement {
    connectedCallback() {
      this.hidden = !isAble;
      this.querySelector('button').addEventListener('click', () => run(this, async () => {
        const { options, state } = await ask('login/begin', {});
        const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        return ask('login', { credential: credential.toJSON(), state, return: this.dataset.return });
      }));
    }
  });

  customElements.define('passkey-add', class extends HTMLElement {
    connectedCallback() {
      this.hidden = !isAble;
      this.querySelector('form').addEventListener('submit', event => {
        event.preventDefault();
        run(this, async () => {
          const { options, state } = await ask('add/begin', {});
          const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
          return ask('add', { credential: credential.toJSON(), state, name: this.querySelector('input[name=name]').value });
        });
      });
    }
  });
})();
