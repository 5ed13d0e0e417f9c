package dev.entitlements.client;

import dev.entitlements.testkit.PublicApi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P10")
class PublicApiTest {
  @Test
  void noPublicSignatureNamesInternalTransportOrProtobufTypes() {
    PublicApi.assertHidesWhatIsBelow(EntitlementWatcher.class);
  }
}
