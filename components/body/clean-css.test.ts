import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanCss } from "./clean-css.ts";

describe("what would load something goes", () => {
  test.each([
    ["p{background:url(//x/a.png) no-repeat}", "p{background:none no-repeat}"],
    ["p{background:url( '//x' )}", "p{background:none}"],
    ['p{background:U\\52L("//x")}', "p{background:none}"],
    ["p{background:\\75 rl(//x)}", "p{background:none}"],
    ["p{background:url(/**/'//x')}", "p{background:none}"],
    ['p{background:image-set("//x" 1x, url(//y) 2x) left}', "p{background:none left}"],
    ["p{background:-webkit-image-set(url(//x) 1x)}", "p{background:none}"],
    ["p{--a:url(//x);background:var(--a)}", "p{--a:none;background:var(--a)}"],
    ["p{background:url(data:text/html,x)}", "p{background:none}"],
    ["p{background:url(\"data:image/png,x\" '//x')}", "p{background:none}"],
    ["p{background:url(a b)}", "p{background:none}"],
    ["p{background:url(//x", "p{background:none"],
    ["@import '//x' screen;p{}", "@left-out '//x' screen;p{}"],
    ["@IMP\\6frt url(//x);", "@left-out none;"],
    ["@font-face{src:url(data:font/woff2,x)}", "@left-out{src:none}"],
  ])("%s", (css, clean) => expect(cleanCss(css)).toBe(clean));
});

test.each([
  "p { color: #fff !important; margin: 0 auto; /* url(//x) */ }",
  "p::before{content:'url(//x) @import'}",
  "a[href='url(x)']{width:calc(100% - (2px))}",
  "p{background:url(data:image/png;base64,AA==)}",
  'p{background:URL("data:image/gif,x")}',
  "path{fill:url(#gradient)}",
  "@media (max-width:600px){.a{display:none}}",
  "<!-- p{} -->",
  "",
])("%s stays to the letter", (css) => expect(cleanCss(css)).toBe(css));

test("cleaning what is clean changes nothing", () => {
  const pieces = fc.constantFrom(
    ..."url( src( image-set( @import @font-face '//x' \" ' ( ) { } ; : a \\ \\75 /* */ data:image/png # <".split(
      " ",
    ),
    " ",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const once = cleanCss(parts.join(""));
      expect(cleanCss(once)).toBe(once);
    }),
    { numRuns: 3_000 },
  );
});
