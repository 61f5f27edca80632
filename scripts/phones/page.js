/* global document, EventSource, fetch */
// The page of `npm run n8n`: shows each card as it comes in. What vendors received is written by anybody, so it
// only ever becomes text, never markup.

/** An element with a class, and what is in it: elements and texts. */
function element(tag, className, ...inside) {
	const made = document.createElement(tag);
	made.className = className;
	made.append(...inside);
	return made;
}

function shown(arrival) {
	const { time, provider, to, sender, cards, accepted, answer, received } = arrival;
	const people = cards.map(({ name, phones }) =>
		element('div', 'card', [name, ...phones].filter(Boolean).join('  ·  ') || 'An empty card'),
	);
	const refusal = accepted
		? []
		: [element('div', 'answer', `Refused with ${answer.status}: ${answer.words}`)];
	return element(
		'li',
		accepted ? 'accepted' : 'refused',
		element(
			'div',
			'line',
			element('strong', '', provider),
			`to ${to || 'nobody'}`,
			...(sender ? [`from ${sender}`] : []),
			element('span', 'time', new Date(time).toLocaleTimeString()),
		),
		...people,
		...refusal,
		element(
			'details',
			'',
			element('summary', '', 'What the vendor received'),
			element('pre', '', received),
		),
	);
}

function shownCredential({ name, type, fields }) {
	const list = element('dl', '');
	for (const { label, value } of fields) {
		list.append(element('dt', '', label), element('dd', '', element('code', '', value)));
	}
	return element('section', '', element('h3', '', name), `${type}`, list);
}

const state = document.getElementById('state');
const list = document.getElementById('cards');
let count = 0;
const tell = () => {
	state.textContent = count === 0 ? 'Nothing has come in yet.' : `${count} came in, newest first.`;
};

const events = new EventSource('cards');
events.onopen = tell;
events.onerror = () => {
	state.textContent = 'npm run n8n has ended, or the connection was lost. Connecting again …';
};
events.onmessage = ({ data }) => {
	count += 1;
	list.prepend(shown(JSON.parse(data)));
	tell();
};

fetch('credentials')
	.then((response) => response.json())
	.then((all) => document.getElementById('credentials').append(...all.map(shownCredential)));
