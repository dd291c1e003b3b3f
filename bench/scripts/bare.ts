// Does nothing: what is left is the start of the runtime, with types to strip.
export {};
