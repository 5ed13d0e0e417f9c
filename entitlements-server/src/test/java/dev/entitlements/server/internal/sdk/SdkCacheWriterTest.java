package dev.entitlements.server.internal.sdk;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.CacheWriterContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SdkCacheWriterTest extends CacheWriterContract {
  @RegisterExtension final SdkRoles roles = new SdkRoles();

  @Override
  protected LocalMomento.Builder configure(LocalMomento.Builder builder) {
    return builder.tls();
  }

  @Override
  protected CacheWriter writer(Bearer bearer) {
    return roles.as(bearer, service()).writer();
  }
}
