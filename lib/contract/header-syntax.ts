/** RFC 9110 5.6.2 `token`: what a header's name or a method is written with. */
export const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 5.5 field value, as Node will send it: visible Latin-1, space and tab. */
export const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export const NAME_RULE = "a header name has only letters, digits and !#$%&'*+-.^_`|~";
export const VALUE_RULE = "a header value has no line breaks or other control characters";
