import { useSignal } from "@preact/signals";

interface DerivedField {
  value: string;
  /** What it is made from was changed. */
  follow: (source: string) => void;
  /** Somebody typed a value; from then on it stays theirs, until they empty it. */
  type: (value: string) => void;
}

/** A field's value that follows another field until somebody types in it. */
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
