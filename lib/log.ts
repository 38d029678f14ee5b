import pino, { type Logger } from "pino";

/**
 * JSON lines on stdout. Request heads and bodies are never logged; should an error carry one along,
 * what opens doors is cut out.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        "*.authorization",
        "*.cookie",
        "*.token",
        "*.body",
        "*.headers",
        "err.config",
        "err.request",
      ],
      censor: "[redacted]",
    },
  });
}
