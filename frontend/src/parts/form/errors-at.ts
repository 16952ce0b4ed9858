import { Refusal } from "../../api/problem";

/** A refusal whose errors are shown at one field, where that stands for the fields of the request. */
export function errorsAt(field: string, fault: unknown): unknown {
  if (!(fault instanceof Refusal)) return fault;
  const { problem } = fault;
  const errors = problem.errors?.map((error) => ({ ...error, field }));
  return new Refusal(errors ? { ...problem, errors } : problem);
}
