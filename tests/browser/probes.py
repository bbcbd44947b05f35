"""Questions to a page in the browser; each answers with a list of what is wrong, or of what there is."""

_NAME = """
const words = el => (el.innerText || el.name || el.id || "").trim().slice(0, 40);
const name = el => `${el.localName}.${[...el.classList].join(".")} ${words(el)}`;
const shown = el => el.checkVisibility({visibilityProperty: true, opacityProperty: true});
"""

# WCAG 1.4.12: what a reader may set without losing anything.
WIDE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# Text that does not fit into a box which hides the rest; boxes of a pixel are for screen readers.
CUT_OFF = f"""() => {{ {_NAME}
  const hides = el => /hidden|clip/.test(getComputedStyle(el).overflow);
  return [...document.querySelectorAll("body *")].filter(el =>
    el.innerText?.trim() && shown(el) && hides(el) && el.clientWidth > 1 && el.clientHeight > 1
    && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1)).map(name);
}}"""

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Where Tab should stop, in the order of the document; of radio buttons with one name only one is a stop.
STOPS = f"""() => {{ {_NAME}
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  window.stops = [...document.querySelectorAll(kinds)].filter(el =>
    shown(el) && !el.disabled && el.tabIndex >= 0 && !el.closest("[inert]") && (el.type != "radio" || el.checked));
  return stops.map(name);
}}"""

# The stop that has the focus: its number, and whether one sees it and the mark around it.
FOCUSED = f"""() => {{ {_NAME}
  const el = document.activeElement;
  if (!el || el == document.body) return null;
  const box = el.getBoundingClientRect();
  const marked = one => {{
    const style = one && getComputedStyle(one);
    const outlined = style && style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || (one == el && style.boxShadow != "none");
  }};
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const near = [el, el.parentElement, el.nextElementSibling, el.closest("label")];
  return {{
    number: window.stops.indexOf(el),
    name: name(el),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && !!top
      && (el.contains(top) || top.contains(el) || !!el.closest("label")?.contains(top)),
    marked: near.some(marked),
  }};
}}"""

# Where colours are the reader's own, only lines say where a button or a field ends.
WITHOUT_EDGE = f"""() => {{ {_NAME}
  const others = "[type=hidden], [type=checkbox], [type=radio], [type=range], [type=file]";
  const control = `button, select, textarea, input:not(${{others}}), .button`;
  return [...document.querySelectorAll(control)].filter(el => {{
    const style = getComputedStyle(el);
    const drawn = [style, getComputedStyle(el.parentElement)];
    const edge = drawn.some(one => one.borderBlockEndStyle != "none" && parseFloat(one.borderBlockEndWidth) >= 1);
    return shown(el) && el.getBoundingClientRect().width > 1 && !edge && style.textDecorationLine == "none";
  }}).map(name);
}}"""

MOVING = f"""() => {{ {_NAME}
  const seconds = text => Math.max(...text.split(",").map(one => parseFloat(one) * (one.includes("ms") ? 0.001 : 1)));
  const slow = [...document.querySelectorAll("*")].filter(el => {{
    const style = getComputedStyle(el);
    return seconds(style.transitionDuration) > 0.01
      || (style.animationName != "none" && seconds(style.animationDuration) > 0.01) || style.scrollBehavior == "smooth";
  }});
  return slow.map(name);
}}"""

# Hints and errors that a field names must be there; a wrong field says so, and so does the error beside it.
UNSAID = f"""() => {{ {_NAME}
  const kinds = "main input:not([type=hidden], [type=submit]), main select, main textarea";
  const fields = [...document.querySelectorAll(kinds)].filter(shown);
  const told = el => (el.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
  const nameless = el => !el.labels?.length && !el.getAttribute("aria-label") && !el.getAttribute("aria-labelledby");
  return [
    ...fields.filter(nameless).map(el => `no label: ${{name(el)}}`),
    ...fields.filter(el => told(el).some(id => !document.getElementById(id))).map(el => `says nothing: ${{name(el)}}`),
    ...fields.filter(el => el.ariaInvalid == "true" && !told(el).length).map(el => `wrong, but why: ${{name(el)}}`),
  ];
}}"""

PERSONAL = """() => Object.fromEntries(
  [...document.querySelectorAll("main input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])")]
    .map(el => [el.name, el.autocomplete]))"""
