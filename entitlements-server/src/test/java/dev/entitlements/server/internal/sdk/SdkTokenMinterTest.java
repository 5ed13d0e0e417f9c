package dev.entitlements.server.internal.sdk;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.TokenMinter;
import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.TokenMinterContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SdkTokenMinterTest extends TokenMinterContract {
  @RegisterExtension final SdkRoles roles = new SdkRoles();

  @Override
  protected LocalMomento.Builder configure(LocalMomento.Builder builder) {
    return builder.tls();
  }

  @Override
  protected TokenMinter minter(Bearer bearer) {
    return roles.as(bearer, service()).tokens();
  }
}
