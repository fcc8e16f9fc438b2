// Pages of this server, fetched for a part of them.

/** The <main> of the page at `address`. Rejects where there is none, as when the session has ended. */
export async function mainOf(address, options = {}) {
  const response = await fetch(address, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main");
  if (!main || response.status >= 500) throw new Error(`${address}: ${response.status}`);
  return { main, title: page.title };
}
