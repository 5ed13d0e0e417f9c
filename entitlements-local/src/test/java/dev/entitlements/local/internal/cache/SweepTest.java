package dev.entitlements.local.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Meter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P9")
class SweepTest {
  private Instant now = Instant.parse("2026-11-24T03:00:00Z");
  private final Caches caches =
      new Caches(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          },
          new Meter());

  @Test
  void itemsThatNobodyAsksForDoNotStayInMemory() {
    caches.create("c");
    Cache cache = caches.require("c");
    for (int i = 0; i < 5_000; i++) {
      cache.set(key(i), ByteString.EMPTY, i % 2 == 0 ? 1_000 : 60_000);
    }
    caches.sweep();
    assertThat(cache.heldItems()).as("none has run out").isEqualTo(5_000);
    now = now.plusSeconds(1);
    for (int i = 0; i < 6; i++) {
      caches.sweep();
    }
    assertThat(cache.heldItems()).isEqualTo(2_500);
    assertThat(List.of(cache.get(key(1)) != null, cache.get(key(2)) != null))
        .containsExactly(true, false);
  }

  private static ByteString key(int i) {
    return ByteString.copyFromUtf8("k" + i);
  }
}
