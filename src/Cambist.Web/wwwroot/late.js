// Brings the answer up to date when the last slow provider has quoted; what the person is typing stays.
customElements.define('late-quotes', class extends HTMLElement {
  connectedCallback() {
    this.stream = new EventSource(this.dataset.stream);
    this.stream.addEventListener('complete', () => this.renew());
    // The service ends the stream after its last event; a browser takes that for an error and would ask again.
    this.stream.onerror = () => this.stream.close();
  }

  disconnectedCallback() {
    this.stream.close();
  }

  async renew() {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('answer');
    if (answer.ok && fresh) {
      document.getElementById('answer').replaceWith(document.adoptNode(fresh));
    }
  }
});
