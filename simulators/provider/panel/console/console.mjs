import RFB from '@novnc/novnc';

const screen = document.querySelector('#screen');
const status = document.querySelector('#status');
const text = document.querySelector('#text');

/** The address carries the path of the WebSocket, token included, as Nova's consoles do. */
const path = new URLSearchParams(location.search).get('path') ?? '';
const address = new URL(path, location.origin);
address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

const show = (state, message) => {
  status.dataset.state = state;
  status.textContent = message;
};

const rfb = new RFB(screen, address.href, { shared: true });
rfb.scaleViewport = true;
rfb.background = 'transparent';
rfb.focusOnClick = true;
rfb.addEventListener('connect', () => show('connected', 'Connected'));
rfb.addEventListener('disconnect', ({ detail }) =>
  show(
    'disconnected',
    detail.clean ? 'Disconnected' : 'Not connected: the address has run out, or the machine is off.',
  ),
);
rfb.addEventListener('desktopname', ({ detail }) => {
  document.title = `${detail.name} – KVM console`;
});

document.querySelector('#control-alt-delete').addEventListener('click', () => {
  rfb.sendCtrlAltDel();
  rfb.focus();
});

/** Keysyms are Unicode for Latin-1, and 0x01000000 + code point beyond (X11's keysymdef.h). */
const keysymOf = (character) => {
  const point = character.codePointAt(0);
  return point <= 0xff ? point : 0x01000000 + point;
};

document.querySelector('#typing').addEventListener('submit', (event) => {
  event.preventDefault();
  for (const character of text.value) {
    rfb.sendKey(keysymOf(character), null);
  }
  text.value = '';
  rfb.focus();
});
