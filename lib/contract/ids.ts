import { z } from "zod";

/** 20 lower-case letters and digits: valid as a DNS label, 103 bits, so not guessable. */
export const BIN_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
export const BIN_ID_LENGTH = 20;
export const BIN_ID_PATTERN = /^[a-z0-9]{20}$/;

export const binIdSchema = z
  .string()
  .regex(BIN_ID_PATTERN)
  .meta({ description: "A bin's id", example: "k3v9q0w2m4x7z1a8b5c6" });

/** UUID version 7 (RFC 9562): ordered by time, so that the index grows at its end. */
export const captureIdSchema = z
  .uuid()
  .meta({ description: "A capture's id", example: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f" });

/** Made like a bin's id. */
export const forwardRuleIdSchema = z
  .string()
  .regex(BIN_ID_PATTERN)
  .meta({ description: "A forward rule's id", example: "f7q2w9e4r6t1y8u3i5o0" });
