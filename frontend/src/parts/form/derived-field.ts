import { useSignal } from "@preact/signals";

interface DerivedField {
  value: string;
  /** Call when the source field has changed. */
  follow: (source: string) => void;
  /** Call when a value is typed. It stays until it is emptied. */
  type: (value: string) => void;
}

/** A field whose value is derived from another field until someone types in it. */
export function useDerivedField(make: (source: string) => string, source = ""): DerivedField {
  const value = useSignal(make(source));
  const own = useSignal(false);
  return {
    value: value.value,
    follow: (changed) => {
      if (!own.value) value.value = make(changed);
    },
    type: (typed) => {
      value.value = typed;
      own.value = typed !== "";
    },
  };
}
