import { describe, expect, it } from "vitest";
import { type Problem, problemOf, requestIdOf, splitErrors } from "./problem";

const refused = (errors: Problem["errors"], detail?: string): Problem => ({
  type: "urn:dayline:problem:invalid",
  title: "Some fields were refused.",
  status: 422,
  ...(detail === undefined ? {} : { detail }),
  errors: errors ?? null,
});

describe("spread", () => {
  const fields = new Set(["email", "password"]);

  it("puts a reason at its field", () => {
    const { byField, formErrors } = splitErrors(refused([{ field: "email", reason: "Choose another email." }]), fields);
    expect(byField.get("email")).toBe("Choose another email.");
    expect(formErrors).toEqual([]);
  });

  it("keeps reasons of fields that the form does not show", () => {
    const { byField, formErrors } = splitErrors(refused([{ field: "token", reason: "This link has expired." }]), fields);
    expect(byField.size).toBe(0);
    expect(formErrors).toEqual(["Some fields were refused.", "token: This link has expired."]);
  });

  it("says title and detail when no field is named", () => {
    expect(splitErrors(refused(null, "Wait a minute."), fields).formErrors).toEqual([
      "Some fields were refused.",
      "Wait a minute.",
    ]);
  });
});

describe("problemOf", () => {
  it("takes the server's document", () => {
    const problem = refused(null);
    expect(problemOf(422, problem)).toBe(problem);
  });

  it("makes one of anything else, with the status", () => {
    expect(problemOf(502, "<html>").title).toContain("502");
  });
});

it("shows a request id only where the server is at fault", () => {
  const failed = { ...refused(null), request_id: "r-1" };
  expect(requestIdOf(failed)).toBeNull();
  expect(requestIdOf({ ...failed, status: 500 })).toBe("r-1");
});
