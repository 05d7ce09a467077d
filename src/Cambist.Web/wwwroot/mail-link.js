// Takes what a mail's link holds out of the address, where it is seen and kept, and puts it into the form. Without it the person pastes the link.
customElements.define('mail-link', class extends HTMLElement {
  connectedCallback() {
    const told = location.hash.slice(1);
    if (told.includes('token=')) {
      this.querySelector('input').value = told;
      history.replaceState(null, '', location.pathname + location.search);
    }

    // After a form that was not done the field is filled in, too.
    this.hidden = this.querySelector('input').value.includes('token=') && !this.querySelector('[aria-invalid]');
  }
});
