package dev.entitlements.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RememberedItemsTest {
  @Test
  @Tag("P9")
  void userLongestNotAskedForMakesRoom() {
    RememberedItems items = new RememberedItems(2, 1000);
    items.put("a", item(new byte[1]));
    items.put("b", item(new byte[1]));
    assertThat(items.find("a")).isPresent();
    items.put("c", item(new byte[1]));

    assertThat(items.find("b")).isEmpty();
    assertThat(items.find("a")).isPresent();
    assertThat(items.find("c")).isPresent();
  }

  @Test
  @Tag("P9")
  void whatIsLargerThanAllRoomIsNotRememberedAndWhatWasIsForgotten() {
    RememberedItems items = new RememberedItems(10, 100);
    items.put("a", item(new byte[50]));
    items.put("b", item(new byte[20]));

    items.put("a", item(new byte[100]));

    assertThat(items.find("a")).isEmpty();
    assertThat(items.find("b")).isPresent();
  }

  @Test
  @Tag("P9")
  void onlyWhatIsOutdatedIsForgotten() {
    RememberedItems items = new RememberedItems(10, 100);
    items.put("a", item(new byte[] {2}));

    items.forget("a", new byte[] {1});
    assertThat(items.find("a")).isPresent();
    items.forget("a", new byte[] {2});
    assertThat(items.find("a")).isEmpty();
    assertThat(items.bytes()).isZero();
  }

  @Property
  @net.jqwik.api.Tag("P9")
  void neverMoreThanTheBoundsAndTheBytesAreCountedRight(
      @ForAll @Size(max = 60) List<@IntRange(max = 40) Integer> sizes,
      @ForAll @IntRange(max = 5) int maxUsers,
      @ForAll @IntRange(max = 100) int maxBytes) {
    RememberedItems items = new RememberedItems(maxUsers, maxBytes);
    for (int i = 0; i < sizes.size(); i++) {
      items.put("u" + i % 7, item(new byte[sizes.get(i)]));
      if (i % 5 == 0) {
        items.forget("u" + (i + 3) % 7, new byte[sizes.get(i)]);
      }
      assertThat(items.users()).isLessThanOrEqualTo(maxUsers);
      assertThat(items.bytes()).isBetween(0L, (long) maxBytes);
    }
    long counted = 0;
    for (int u = 0; u < 7; u++) {
      counted += items.find("u" + u).map(item -> 2L + item.bytes().length).orElse(0L);
    }
    assertThat(items.bytes()).isEqualTo(counted);
  }

  private static RememberedItem item(byte[] bytes) {
    return new RememberedItem(bytes, 1, 0);
  }
}
