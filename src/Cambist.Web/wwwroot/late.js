// Brings the answer up to date when the last slow provider has quoted; what the person is typing stays.
customElements.define('late-quotes', class extends HTMLElement {
  connectedCallback() {
    this.stream = new EventSource(this.dataset.stream);
    this.stream.addEventListener('complete', () => this.renew());
    this.stream.onerror = () => this.stream.close();
  }

  disconnectedCallback() {
    this.stream.close();
  }

  async renew() {
    this.stream.close();
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('answer');
    if (answer.ok && fresh) {
      document.getElementById('answer').replaceWith(document.adoptNode(fresh));
    }
  }
});
