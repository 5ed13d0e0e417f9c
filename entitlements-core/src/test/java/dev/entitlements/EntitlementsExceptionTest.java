package dev.entitlements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P4")
class EntitlementsExceptionTest {
  @Test
  void anErrorCarriesItsKindItsUserAndItsCause() {
    Exception cause = new IllegalStateException("below");
    EntitlementsException error =
        new EntitlementsException(ErrorKind.SOURCE_FAILED, "no answer", cause, "u-42");
    assertThat(error.kind()).isEqualTo(ErrorKind.SOURCE_FAILED);
    assertThat(error.userId()).contains("u-42");
    assertThat(error).hasCause(cause).hasMessage("no answer");
    assertThat(error.toString()).contains("SOURCE_FAILED").contains("no answer");
  }

  @Test
  void anErrorNeedConcernNoUser() {
    assertThat(new EntitlementsException(ErrorKind.CLOSED, "closed").userId()).isEmpty();
    assertThat(new EntitlementsException(ErrorKind.CLOSED, "closed", null)).hasNoCause();
  }

  @Test
  void exactlyTheKindsThatMayPassByThemselvesAreTransient() {
    assertThat(Arrays.stream(ErrorKind.values()).filter(ErrorKind::isTransient))
        .containsExactlyInAnyOrder(
            ErrorKind.UNAVAILABLE,
            ErrorKind.TIMEOUT,
            ErrorKind.RATE_LIMITED,
            ErrorKind.INTERNAL,
            ErrorKind.NOT_NOTIFIED,
            ErrorKind.CONFLICT,
            ErrorKind.OVERLOADED,
            ErrorKind.SOURCE_FAILED);
  }
}
