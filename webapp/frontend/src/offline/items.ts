/** What waits to be sent, and what the server said to it. */

export interface Item {
  /** A uuid: the idempotency key. The server does the same id once. */
  readonly id: string;
  /** Id of the interview it belongs to. */
  readonly interview: string;
  readonly kind: string;
  readonly method: "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly json?: unknown;
  /** Bytes stored with `putBytes`; removed from the store after the server's yes. */
  readonly bytes?: { readonly kind: string; readonly id: string };
  /** Waits for the pieces of sound of the same interview that were put in before it. */
  readonly afterPieces?: boolean;
  /** Takes the place of an earlier one with the same kind and url that is not being sent at this moment. */
  readonly latest?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly json: any;
}

/** An item that the server refused: kept until the person has seen it and says what to do. */
export interface Refusal {
  readonly item: Item;
  readonly status: number;
  /** The server's own sentence, or empty. */
  readonly sentence: string;
  readonly at: string;
}
