// Crosshair of the server-rendered chart, by pointer and by arrow keys. The chart is complete without it.
// data-points: [[x, y, minutes since 1970, rate, range or null], …] in rising time; x and y in thousandths of the plot.
const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24, Home: -Infinity, End: Infinity };

customElements.define('fan-chart', class extends HTMLElement {
  connectedCallback() {
    this.points = JSON.parse(this.dataset.points);
    this.current = -1;
    this.tabIndex = 0;
    this.setAttribute('aria-label', `${this.getAttribute('aria-label')}: arrow keys read its values`);
    this.clock = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
      timeZone: this.dataset.zone, timeZoneName: 'short',
    });

    this.addEventListener('pointermove', event => this.show(this.nearest(event.clientX)));
    this.addEventListener('pointerleave', () => this.hide());
    this.addEventListener('blur', () => this.hide());
    this.addEventListener('keydown', event => this.step(event));
  }

  nearest(clientX) {
    const plot = this.querySelector('.plot').getBoundingClientRect();
    const x = (clientX - plot.left) / plot.width * 1000;
    let best = 0;
    this.points.forEach((point, index) => {
      if (Math.abs(point[0] - x) < Math.abs(this.points[best][0] - x)) {
        best = index;
      }
    });
    return best;
  }

  step(event) {
    if (!(event.key in steps)) {
      return;
    }

    event.preventDefault();
    const from = this.current < 0 ? Number(this.dataset.now) : this.current;
    this.show(Math.max(0, Math.min(this.points.length - 1, from + steps[event.key])));
  }

  show(index) {
    this.current = index;
    const [x, y, minutes, rate, range] = this.points[index];
    const line = this.querySelector('.cross');
    const dot = this.querySelector('.cross-dot');
    line.setAttribute('x1', `${x / 10}%`);
    line.setAttribute('x2', `${x / 10}%`);
    dot.setAttribute('cx', `${x / 10}%`);
    dot.setAttribute('cy', `${y / 10}%`);
    line.setAttribute('visibility', 'visible');
    dot.setAttribute('visibility', 'visible');

    const tip = this.querySelector('.tip');
    tip.hidden = false;
    tip.querySelector('.tip-rate').textContent = rate;
    tip.querySelector('.tip-time').textContent = this.clock.format(minutes * 60000);
    tip.querySelector('.tip-range').textContent = range ? `80 %: ${range}` : '';
    this.place(tip, x / 1000, y / 1000);
  }

  // Beside the crosshair and on the other half of the plot, so that it never covers the point it tells of.
  place(tip, x, y) {
    const plot = this.querySelector('.plot');
    const left = Math.max(0, Math.min(plot.clientWidth - tip.offsetWidth, x * plot.clientWidth - tip.offsetWidth / 2));
    const top = y > 0.5 ? 18 : plot.clientHeight - tip.offsetHeight - 8;
    tip.style.transform = `translate(${left}px, ${top}px)`;
  }

  hide() {
    this.current = -1;
    this.querySelector('.tip').hidden = true;
    for (const mark of this.querySelectorAll('.cross, .cross-dot')) {
      mark.setAttribute('visibility', 'hidden');
    }
  }
});
