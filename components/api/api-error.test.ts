import { expect, test } from "vitest";
import { ApiError, readApiError } from "#components/api/api-error.ts";

test("a problem document keeps its code, detail and fields", async () => {
  const body = {
    type: "about:blank",
    title: "The request is not valid",
    status: 400,
    detail: "The name is too long.",
    code: "invalid_request",
    requestId: "r1",
    errors: [{ field: "name", message: "at most 100 characters" }],
  };
  const error = await readApiError(Response.json(body, { status: 400 }));
  expect(error.code).toBe("invalid_request");
  expect(error.detail).toBe("The name is too long.");
  expect(error.message).toBe("name: at most 100 characters");
});

test("an answer that is not a problem document is described by its status", async () => {
  const error = await readApiError(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  expect(error.code).toBe("unavailable");
  expect(error.message).toBe(
    "The server answered 502. Nothing was changed. Try again in a moment.",
  );
});

test("an error says what to do", () => {
  const error = new ApiError("internal", { title: "Something went wrong on the server" });
  expect(error.message).toContain("Try again");
  const detail = "The disk is full. Try again in a moment.";
  expect(new ApiError("unavailable", { title: "", detail }).message).toBe(detail);
});
