package dev.entitlements.server.internal.sdk;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.CacheReaderContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SdkCacheReaderTest extends CacheReaderContract {
  @RegisterExtension final SdkRoles roles = new SdkRoles();

  @Override
  protected LocalMomento.Builder configure(LocalMomento.Builder builder) {
    return builder.tls();
  }

  @Override
  protected CacheReader reader(Bearer bearer) {
    return roles.as(bearer, service()).reader();
  }
}
