import { chooseRewind } from "../shots.js";
import { farSentence } from "./far_sentence.js";
import { say } from "./links.js";

/** Scrubs to a rewind, and says where that is farther than the page reaches. */
export function goBack(ms) {
  chooseRewind(ms);
  const sentence = farSentence(ms);
  if (sentence !== undefined) say(sentence, true);
}
