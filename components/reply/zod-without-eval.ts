import { config } from "zod";

// The page's policy forbids eval, which zod would otherwise try out with its first schema: so this
// is imported before any schema is.
config({ jitless: true });
