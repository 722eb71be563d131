extension PageScriptParts {
    /// Making elements, and keeping those of a list that are still right.
    static let elements = #"""
        const byID = (id) => document.getElementById(id);

        /** An element with a class, a text and children. */
        function make(tag, className, text, ...children) {
          const element = document.createElement(tag);
          if (className) element.className = className;
          if (text !== undefined && text !== null) element.textContent = text;
          element.append(...children);
          return element;
        }

        const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

        /**
         * Shows the items in order. An element stays as it is while its item says the same; so whoever reads it, or has the
         * focus on it, is not disturbed.
         */
        function showList(parent, items, keyOf, build) {
          const known = parent.shown ?? new Map();
          const shown = new Map();
          const keys = new Set(items.map(keyOf));
          for (const [key, entry] of known) {
            if (!keys.has(key)) entry.element.remove();
          }
          let place = parent.firstChild;
          for (const item of items) {
            const key = keyOf(item);
            const text = JSON.stringify(item);
            const old = shown.has(key) ? undefined : known.get(key);
            const entry = old?.text === text ? old : { text, element: build(item, old?.text) };
            if (old && old !== entry) {
              if (place === old.element) place = place.nextSibling;
              old.element.remove();
            }
            if (entry.element !== place) parent.insertBefore(entry.element, place);
            place = entry.element.nextSibling;
            if (!shown.has(key)) shown.set(key, entry);
          }
          while (place) {
            const next = place.nextSibling;
            place.remove();
            place = next;
          }
          parent.shown = shown;
        }

        """#
}
