// Refreshes the matches beside the box a moment after typing stops.
// Without this script the form's own button does the same.
const PAUSE = 250;
const form = document.getElementById("plan");
const box = document.getElementById("text");
const found = document.getElementById("found");
const said = document.getElementById("said");
let timer;
let asking;
let answered = box.value;

async function refresh() {
  // also where the box is back at what is shown: an answer on its way would replace it
  asking?.abort();
  if (box.value.trim() === answered.trim()) return;
  asking = new AbortController();
  const typed = box.value;
  try {
    // posted, so that nothing typed is kept in an address or a log
    const reply = await fetch(form.dataset.fragment, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    });
    if (!reply.ok) throw new Error(String(reply.status));
    show(await reply.text());
    answered = typed;
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = form.dataset.failed;
  }
}

function show(html) {
  const fragment = document.createRange().createContextualFragment(html).firstElementChild;
  // never shorter than before, so that nothing below it jumps
  found.style.minHeight = `${found.offsetHeight}px`;
  found.replaceChildren(...fragment.childNodes);
  said.textContent = fragment.dataset.said;
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE);
});
