package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link dev.entitlements.momento.CacheWriter} with an atomic compare-and-set does. */
public abstract class AtomicCacheWriterContract extends CacheWriterContract {
  @Test
  @Tag("P7")
  void ofManyWritersThatSawTheSameExactlyOneWins() {
    assertThat(replace(null, ONE)).isTrue();
    assertExactlyOneWins(ONE, writer(backend()), writer(backend()));
  }
}
