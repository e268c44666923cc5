// What the pages gain from JavaScript beside htmx: the folded menu, rows that appear at once, and keys.
// Every page works without it.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle-menu]");
    if (toggle) {
      toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
    }
    closeMenus(event.target);
    const add = event.target.closest('button[name="add_row"]');
    if (add && addRow(add)) {
      event.preventDefault();
    }
    const remove = event.target.closest('button[name="remove_row"]');
    if (remove && removeRow(remove)) {
      event.preventDefault();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-menu][open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    const everywhere = document.getElementById("site-search");
    if (everywhere && event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      everywhere.focus();
      everywhere.select();
      event.preventDefault();
      return;
    }
    if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "/") {
      focusSearch(event);
    } else if (event.key === "j" || event.key === "k") {
      moveInRows(event, event.key === "j" ? 1 : -1);
    }
  });

  // An address that was written for one way of signing in is not asked for by the other.
  document.addEventListener("input", (event) => {
    const copy = event.target.dataset.copyTo && document.getElementById(event.target.dataset.copyTo);
    if (copy) {
      copy.value = event.target.value;
    }
  });

  // A thing that can be arranged cannot also be one that cannot: a chip unticks its twin.
  document.addEventListener("change", (event) => {
    const box = event.target.checked && event.target.closest("[data-answers]");
    for (const twin of box ? box.querySelectorAll("input[type=checkbox]") : []) {
      if (twin.name === event.target.name && twin !== event.target) {
        twin.checked = false;
      }
    }
  });

  // allauth tells of a passkey that did not come about; the page has the words.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const words of document.querySelectorAll("[data-passkey-error]")) {
      words.hidden = false;
    }
  });

  if (window.PublicKeyCredential) {
    for (const element of document.querySelectorAll("[data-needs-passkeys]")) {
      element.hidden = false;
    }
  }

  // A section that somebody closed or opened stays so in this browser.
  for (const section of document.querySelectorAll("details[data-remember]")) {
    const key = `praktikbron:${section.dataset.remember}`;
    try {
      const kept = localStorage.getItem(key);
      section.open = kept === null ? section.open : kept === "open";
      section.addEventListener("toggle", () => localStorage.setItem(key, section.open ? "open" : "closed"));
    } catch {
      break; // a browser that keeps nothing
    }
    if (section.id && location.hash === `#${section.id}`) {
      section.open = true;
    }
  }

  function closeMenus(target) {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(target)) {
        menu.open = false;
      }
    }
  }

  function isWriting(element) {
    return element.closest("input, textarea, select, [contenteditable], dialog") !== null;
  }

  function focusSearch(event) {
    const search = document.querySelector("[data-search], input[type=search], [role=search] input[type=text]");
    if (search) {
      const folded = search.closest("details:not([open])");
      if (folded && search.getClientRects().length === 0) {
        folded.open = true;
      }
      search.focus();
      event.preventDefault();
    }
  }

  function moveInRows(event, step) {
    const links = [...document.querySelectorAll(".row-title a, [data-row-link]")];
    if (links.length > 0) {
      const at = links.indexOf(document.activeElement);
      links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
      event.preventDefault();
    }
  }

  // A new row of a Django formset: the empty form with its number filled in, and the total counted up.
  function addRow(button) {
    const box = button.closest("[data-input-rows]");
    const total = box && box.querySelector(`input[name="${button.value}-TOTAL_FORMS"]`);
    const template = box && box.querySelector("template");
    if (!total || !template) {
      return false;
    }
    const number = Number(total.value);
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes("__prefix__")) {
          element.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", String(number)));
        }
      }
    }
    box.querySelector(".input-rows").append(row);
    total.value = String(number + 1);
    window.htmx?.process(row);
    row.dispatchEvent(new CustomEvent("praktikbron:added", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
    return true;
  }

  // A row less: those after it move up, so that the numbers have no gap.
  function removeRow(button) {
    const box = button.closest("[data-input-rows]");
    const prefix = box && box.dataset.inputRows;
    const total = box && box.querySelector(`input[name="${prefix}-TOTAL_FORMS"]`);
    const rows = box ? [...box.querySelectorAll(".input-rows > .input-row")] : [];
    const at = rows.indexOf(button.closest(".input-row"));
    if (!total || at < 0) {
      return false;
    }
    rows[at].remove();
    rows.splice(at, 1);
    rows.forEach((row, number) => renumber(row, prefix, number));
    total.value = String(rows.length);
    const initial = box.querySelector(`input[name="${prefix}-INITIAL_FORMS"]`);
    initial.value = String(Math.min(Number(initial.value), rows.length));
    (rows[at] || rows[at - 1] || box).querySelector("button[name]").focus();
    return true;
  }

  function renumber(row, prefix, number) {
    const old = new RegExp(`(^|\\b|_)${prefix}-\\d+(?=-|$)`, "g");
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) {
        if (attribute.name !== "value" || element.name === "remove_row") {
          const mended = attribute.value.replace(old, `$1${prefix}-${number}`);
          if (mended !== attribute.value) {
            element.setAttribute(attribute.name, mended);
          }
        }
      }
    }
  }
})();
