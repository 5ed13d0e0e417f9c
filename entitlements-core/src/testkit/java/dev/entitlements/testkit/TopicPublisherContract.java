package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import dev.entitlements.momento.TopicPublisher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link TopicPublisher} does. */
public abstract class TopicPublisherContract extends MomentoContract {
  /** The implementation under test; the subclass closes it after each test. */
  protected abstract TopicPublisher publisher(Bearer bearer);

  @Test
  @Tag("P6")
  void aMessageIsAcceptedThoughNobodyListens() {
    assertThat(await(publisher(backend()).publish("u-42", "hello"))).isNull();
  }

  @Test
  @Tag("P6")
  void whatIsPublishedIsWhatASubscriberGets() {
    RecordedSubscription subscription = listening("u-42");
    TopicPublisher publisher = publisher(backend());
    await(publisher.publish("u-42", "{\"ünï\":\"日本 \ud83d\ude00\"}"));
    await(publisher.publish("u-43", "not for this one"));
    await(publisher.publish("u-42", "last"));
    subscription.awaitMessages("{\"ünï\":\"日本 \ud83d\ude00\"}", "last");
  }

  @Test
  @Tag("P6")
  void theSameMessageTwiceIsTwoMessages() {
    RecordedSubscription subscription = listening("u-42");
    TopicPublisher publisher = publisher(backend());
    await(publisher.publish("u-42", "same"));
    await(publisher.publish("u-42", "same"));
    subscription.awaitMessages("same", "same");
  }

  @Test
  @Tag("P6")
  void theLargestMessageIsOf4KbOfUtf8() {
    TopicPublisher publisher = publisher(backend());
    RecordedSubscription subscription = listening("u-42");
    String largest = "é".repeat(2048);
    await(publisher.publish("u-42", largest));
    subscription.awaitMessages(largest);
    assertThat(failure(publisher.publish("u-42", largest + "x")).kind())
        .isEqualTo(ErrorKind.TOO_LARGE);
  }

  @Test
  @Tag("P8")
  void aPlayerPublishesNothing() {
    RecordedSubscription subscription = listening("u-42");
    assertThat(failure(publisher(player("u-42")).publish("u-42", "forged")).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    await(publisher(backend()).publish("u-42", "real"));
    subscription.awaitMessages("real");
  }

  @Test
  @Tag("P8")
  void aWrongKeyIsUnauthenticated() {
    TopicPublisher publisher = publisher(backend().withApiKey("wrong-key"));
    assertThat(failure(publisher.publish("u-42", "hello")).kind())
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  @Tag("P4")
  void anUnknownCacheIsNotFound() {
    TopicPublisher publisher = publisher(backend().withCache("no-such-cache"));
    assertThat(failure(publisher.publish("u-42", "hello")).kind())
        .isEqualTo(ErrorKind.CACHE_NOT_FOUND);
  }

  @Test
  @Tag("P6")
  void aServiceThatIsGoneIsATransientErrorAndNeverSuccess() {
    TopicPublisher publisher = publisher(backend());
    service.close();
    assertThat(failure(publisher.publish("u-42", "hello")).kind())
        .isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
  }

  private RecordedSubscription listening(String topic) {
    return RecordedSubscription.open(roles(), topic).request(100).awaitHeartbeat();
  }
}
