import common from "locale:common";

/** Why a request failed: the server's problem document, or ours where it can't be reached. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  request_id?: string | null;
  errors?: FieldError[] | null;
}

export interface FieldError {
  field: string;
  reason: string;
}

/** A request that the server refused or never got. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.type}`);
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Its texts are looked up when they are read, because a request may fail before they are loaded. */
export const UNREACHABLE: Problem = {
  type: "urn:dayline:problem:unreachable",
  get title() {
    return common.serverUnreachable;
  },
  status: 0,
  get detail() {
    return common.textIsKept;
  },
};

/** The problem in a response body. A body that isn't one, such as a proxy's page, becomes one. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "title" in body && "status" in body) {
    return body as Problem;
  }
  return {
    type: "about:blank",
    get title() {
      return common.unexpectedAnswer({ status });
    },
    status,
  };
}

/** The request id to show: none unless the fault is the server's. */
export const requestIdOf = ({ status, request_id }: Problem): string | null =>
  status >= 500 ? (request_id ?? null) : null;

/** Sort a problem's reasons by the form's fields. What belongs to no field goes above the form. */
export function splitErrors(
  problem: Problem,
  fields: ReadonlySet<string>,
): { byField: Map<string, string>; formErrors: string[] } {
  const byField = new Map<string, string>();
  const others: string[] = [];
  for (const { field, reason } of problem.errors ?? []) {
    if (fields.has(field)) byField.set(field, reason);
    else others.push(common.fieldReason({ field, reason }));
  }
  const formErrors = byField.size > 0 ? others : [problem.title, ...others];
  if (problem.detail && byField.size === 0) formErrors.splice(1, 0, problem.detail);
  return { byField, formErrors };
}

/** The problem behind a caught error. Anything but a Refusal counts as an unreachable server. */
export const problemIn = (fault: unknown): Problem =>
  fault instanceof Refusal ? fault.problem : UNREACHABLE;
