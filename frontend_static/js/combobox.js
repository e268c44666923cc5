// Suggestions while typing, after the WAI-ARIA pattern "editable combobox with list autocomplete"
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Enhances any <input data-suggestions="URL">; the URL
// answers ?q= with {"suggestions": [{"text": …, "hint": …}]}. What is written counts, chosen or not.
(() => {
  "use strict";

  const WAIT_MS = 120;
  let made = 0;

  class Combobox {
    constructor(input) {
      this.input = input;
      this.id = `suggestions-${++made}`;
      this.active = -1;
      this.asked = 0;
      this.build();
      this.listen();
    }

    build() {
      const box = document.createElement("div");
      box.className = "combobox";
      this.input.replaceWith(box);
      this.list = document.createElement("ul");
      this.list.id = this.id;
      this.list.className = "combobox-list";
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.input.labels?.[0]?.textContent.trim() || "");
      this.status = document.createElement("div");
      this.status.className = "ds-sr-only";
      this.status.setAttribute("role", "status");
      box.append(this.input, this.list, this.status);
      const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id };
      Object.entries(states).forEach(([name, value]) => this.input.setAttribute(name, value));
    }

    listen() {
      this.input.addEventListener("input", () => this.askSoon());
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      this.input.addEventListener("blur", () => this.close());
      // mousedown, because a click comes after the field has lost focus and the list has closed.
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) {
          this.choose(option);
        }
      });
    }

    askSoon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    }

    async ask() {
      const text = this.input.value.trim();
      if (text.length < 2) {
        this.close();
        return;
      }
      const number = ++this.asked;
      const url = new URL(this.input.dataset.suggestions, location.href);
      url.searchParams.set("q", text);
      try {
        const response = await fetch(url, { headers: { Accept: "application/json" } });
        const found = response.ok ? (await response.json()).suggestions : [];
        // Only the answer to the latest question counts, and only while the field is being written in.
        if (number === this.asked && document.activeElement === this.input) {
          this.show(found);
        }
      } catch {
        this.close();
      }
    }

    show(suggestions) {
      this.list.replaceChildren(...suggestions.map((each, i) => this.option(each, i)));
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.setOpen(suggestions.length > 0);
      this.status.textContent = this.words(suggestions.length);
    }

    words(count) {
      const words = document.body.dataset;
      const template = count === 0 ? words.suggestionsNone : count === 1 ? words.suggestionsOne : words.suggestionsMany;
      return (template || "").replace("0", String(count));
    }

    option(suggestion, i) {
      const option = document.createElement("li");
      option.id = `${this.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = suggestion.text;
      option.append(Object.assign(document.createElement("span"), { textContent: suggestion.text }));
      if (suggestion.hint) {
        option.append(Object.assign(document.createElement("span"), { className: "combobox-hint", textContent: suggestion.hint }));
      }
      return option;
    }

    onKey(event) {
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (isOpen) {
          this.move(event.key === "ArrowDown" ? 1 : -1);
        } else {
          this.ask();
        }
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.choose(this.list.children[this.active]);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if (event.key === "Tab" && isOpen && this.active >= 0) {
        this.choose(this.list.children[this.active]);
      }
    }

    move(step) {
      const options = [...this.list.children];
      // One place more than there are options: the field itself, with nothing chosen.
      this.active = ((this.active + 1 + step + options.length + 1) % (options.length + 1)) - 1;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.active)));
      if (this.active >= 0) {
        this.input.setAttribute("aria-activedescendant", options[this.active].id);
        options[this.active].scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    choose(option) {
      this.input.value = option.dataset.text;
      this.close();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    close() {
      clearTimeout(this.timer);
      this.asked++;
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.setOpen(false);
    }

    setOpen(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }
  }

  function enhance(root) {
    root.querySelectorAll("input[data-suggestions]:not([role=combobox])").forEach((input) => new Combobox(input));
  }

  enhance(document);
  document.addEventListener("praktikbron:added", (event) => enhance(event.target));
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
})();
