/** The pages work without this script; it saves page loads and shows what changes. */

/** How often a page with a running task looks again, in milliseconds. */
const LOOK_AGAIN = 1000;

async function fetchPage(address) {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** While a task runs, the part that shows it is taken anew from the server. */
function followTask() {
  let last = document.querySelector('#live')?.innerHTML;
  const look = async () => {
    const shown = document.querySelector('#live');
    if (shown?.dataset.live !== 'true') {
      return;
    }
    const fresh = (await fetchPage(location.href)).querySelector('#live');
    if (fresh && fresh.innerHTML !== last) {
      last = fresh.innerHTML;
      shown.innerHTML = fresh.innerHTML;
    }
    if (fresh) {
      shown.dataset.live = fresh.dataset.live;
    }
    setTimeout(look, LOOK_AGAIN);
  };
  setTimeout(look, LOOK_AGAIN);
}

/** A link to a question opens the question here, as a dialog. */
async function openDialog(link) {
  const content = (await fetchPage(link.href)).querySelector('[data-dialog-content]');
  if (content === null) {
    location.href = link.href;
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  dialog.append(document.adoptNode(content));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  const opener = target.closest('a[data-dialog]');
  const closer = target.closest('dialog [data-dialog-close]');
  if (opener !== null) {
    event.preventDefault();
    opener.closest('details')?.removeAttribute('open');
    openDialog(opener);
  } else if (closer !== null) {
    event.preventDefault();
    closer.closest('dialog').close();
  }
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(target)) {
      menu.removeAttribute('open');
    }
  }
});

document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.querySelector('details.menu[open]');
  if (menu) {
    menu.removeAttribute('open');
    menu.querySelector('summary').focus();
  }
});

/** A form is sent once; one that says so shows what it is busy with. */
document.addEventListener('submit', (event) => {
  const button = event.target.querySelector('button');
  if (event.target.method === 'post' && event.target.target !== '_blank' && button !== null) {
    button.textContent = event.target.dataset.busy ?? button.textContent;
    setTimeout(() => {
      button.disabled = true;
    });
  }
});

/** Choosing a netboot: fields of a rescue only for a rescue, no key where the rescue system takes none. */
function followNetbootForm(form) {
  const update = () => {
    const rescue = form.elements.type.value === 'rescue';
    form.querySelector('#rescue-fields').disabled = !rescue;
    const withoutKey =
      form.querySelector('#rescue option:checked')?.hasAttribute('data-without-key') ?? false;
    if (withoutKey) {
      form.querySelector('#by-password').checked = true;
    }
    form.querySelector('#key-choice').hidden = withoutKey;
    const key = form.querySelector('#by-key').checked;
    form.querySelector('#key-field').hidden = !key;
    form.querySelector('#rescueSshKey').required = key;
  };
  form.addEventListener('change', update);
  update();
}

const netbootForm = document.querySelector('#netboot');
if (netbootForm?.querySelector('#rescue-fields')) {
  followNetbootForm(netbootForm);
}
followTask();
