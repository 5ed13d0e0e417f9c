package dev.entitlements.momento;

/** One message of a topic, with its place in the topic's order. Immutable. */
public final class TopicItem {
  private final byte[] value;
  private final long sequenceNumber;
  private final long sequencePage;

  /**
   * A message.
   *
   * @param value its bytes, of which the object takes possession; UTF-8 if it was published as text
   * @param sequenceNumber one more than that of the message before it on the same page
   * @param sequencePage the page, which rises when the topic is reset
   */
  public TopicItem(byte[] value, long sequenceNumber, long sequencePage) {
    this.value = value;
    this.sequenceNumber = sequenceNumber;
    this.sequencePage = sequencePage;
  }

  /**
   * The message itself.
   *
   * @return its bytes, not to be modified; UTF-8 if it was published as text
   */
  public byte[] value() {
    return value;
  }

  /**
   * Its place on the page.
   *
   * @return one more than that of the message before it on the same page
   */
  public long sequenceNumber() {
    return sequenceNumber;
  }

  /**
   * The page on which its sequence number counts.
   *
   * @return the page, which rises when the topic is reset
   */
  public long sequencePage() {
    return sequencePage;
  }
}
