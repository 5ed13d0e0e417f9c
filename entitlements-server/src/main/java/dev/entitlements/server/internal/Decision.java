package dev.entitlements.server.internal;

/**
 * What to do about one content.
 *
 * @param action what to do
 * @param document the document to do it with: a new one for STORE, else what is stored
 */
record Decision(Action action, Document document) {
  enum Action {
    /** Store the new document, then tell. */
    STORE,
    /** The same content is stored: renew its time to live, tell nobody. */
    RENEW,
    /** It is stored already, but players may not have been told: tell, then renew. */
    NOTIFY,
    /** The same, but it is only its publisher's death that could have kept them from being told. */
    REMIND,
    /** What is stored is newer by the caller's own count: leave it. */
    LEAVE,
    /** What is stored has the last revision of all: nothing can follow it. */
    GIVE_UP
  }
}
