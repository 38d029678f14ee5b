import sanitizeHtml from "sanitize-html";
import { cleanCss, isHeldImage } from "./clean-css.ts";

/** HTML as text that asks for nothing, and its style elements, which need a nonce. */
export type CleanHtml = {
  doctype: string;
  html: string;
  styles: { css: string; media: string | null }[];
};

const words = (text: string) => text.trim().split(/\s+/);

/** Structure, text and what lays them out. What is not here goes, and its text stays. */
const TAGS = words(`
  html head body style
  address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure
  footer h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary ul
  a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark marquee nobr q rp rt
  ruby s samp small span strike strong sub sup time tt u var wbr
  caption col colgroup table tbody td tfoot th thead tr
  button input label meter optgroup option output progress select textarea img
  svg circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern polygon
  polyline radialGradient rect stop symbol text textPath tspan`);

/** What is inside of these is no text of the document. */
const NOT_TEXT = words("script style title template iframe noembed noframes xmp audio video math");

const ATTRIBUTES = words(`
  style class id title lang dir role aria-* hidden
  align valign width height bgcolor background color face size border cellpadding cellspacing bordercolor
  rules frame nowrap noshade clear hspace vspace text link vlink alink compact
  leftmargin topmargin rightmargin bottommargin marginwidth marginheight
  colspan rowspan span scope headers abbr summary type start value reversed datetime
  open checked disabled selected multiple placeholder rows cols wrap label min max low high optimum
  src alt data-link media
  xmlns viewbox preserveaspectratio d points x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy transform
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-dasharray stroke-dashoffset opacity clip-path clip-rule mask
  marker-start marker-mid marker-end gradientunits gradienttransform spreadmethod offset stop-color
  stop-opacity patternunits patterncontentunits patterntransform clippathunits maskunits href xlink:href
  refx refy markerwidth markerheight markerunits orient startoffset text-anchor dominant-baseline
  font-family font-size font-style font-weight letter-spacing visibility display`);

/** What SVG says in attributes is CSS too. */
const CSS_ATTRIBUTES = new Set(
  words("style fill stroke clip-path mask marker-start marker-mid marker-end"),
);

/**
 * Leaves out of HTML what would run, load, send or lead away; what it looks like stays, as far as the
 * document itself holds it. Every tag of the result is one of these and every attribute is quoted, so
 * that it holds whatever a browser's parser makes of the nesting.
 */
export function cleanHtml(html: string): CleanHtml {
  const styles: CleanHtml["styles"] = [];
  const clean = sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: NOT_TEXT,
    allowedAttributes: { "*": ATTRIBUTES },
    // By `keepAttributes`, which lets less pass than a list of schemes could.
    allowedSchemesAppliedToAttributes: [],
    nonBooleanAttributes: [],
    parseStyleAttributes: false,
    // Style elements are taken out, see below.
    allowVulnerableTags: true,
    // Browsers nest no deeper.
    nestingLimit: 512,
    transformTags: {
      // One that is sent would tell of itself; without it, its buttons do nothing.
      form: "div",
      "*": (tagName, attribs) => ({ tagName, attribs: keepAttributes(tagName, attribs) }),
    },
    exclusiveFilter({ tag, text, attribs }) {
      if (tag !== "style") return false;
      styles.push({ css: cleanCss(text), media: attribs.media ?? null });
      return true;
    },
  });
  return { doctype: doctypeOf(html), html: clean, styles };
}

function keepAttributes(tag: string, attributes: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (CSS_ATTRIBUTES.has(name)) kept[name] = cleanCss(value);
    else if (name === "src" || name === "background") {
      if (isHeldImage(value)) kept[name] = value;
    } else if (name === "href" || name === "xlink:href") {
      // It looks like a link, and is none.
      if (tag === "a") kept["data-link"] = "";
      else if (tag === "image" ? isHeldImage(value) : value.startsWith("#")) kept[name] = value;
    } else kept[name] = value;
  }
  return kept;
}

/** Without one, a browser lays a document out by older rules. */
function doctypeOf(html: string): string {
  return /^(?:\s|\uFEFF|<\?[^>]*>|<!--[\s\S]*?-->)*(<!doctype\s+html[^>]*>)/i.exec(html)?.[1] ?? "";
}
