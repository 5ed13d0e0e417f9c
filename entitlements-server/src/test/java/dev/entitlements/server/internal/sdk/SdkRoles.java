package dev.entitlements.server.internal.sdk;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.SdkFace;
import dev.entitlements.testkit.Bearer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the roles on the SDK's clients, each with clients of its own, and closes both. */
final class SdkRoles implements AfterEachCallback {
  private final SdkFace face = new SdkFace();
  private final List<SdkMomento> made = new ArrayList<>();

  SdkMomento as(Bearer bearer, LocalMomento service) {
    SdkMomento momento =
        new SdkMomento(
            face.clients(service, bearer.apiKey()), bearer.cacheName(), Duration.ofSeconds(15));
    made.add(momento);
    return momento;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    made.forEach(SdkMomento::close);
    made.clear();
    face.close();
  }
}
