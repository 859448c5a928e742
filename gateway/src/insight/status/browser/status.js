const EVERY_MILLIS = 10_000; // ten seconds

async function refresh() {
  if (document.hidden) return;
  try {
    const response = await fetch('/api/status', { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    document.title = page.title;
    document.querySelector('main').replaceWith(page.querySelector('main'));
  } catch {
    document.querySelector('.stale').hidden = false;
  }
}

setInterval(refresh, EVERY_MILLIS);
document.addEventListener('visibilitychange', refresh);
