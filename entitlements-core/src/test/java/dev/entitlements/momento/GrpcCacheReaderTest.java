package dev.entitlements.momento;

import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.CacheReaderContract;
import dev.entitlements.testkit.GrpcRoles;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcCacheReaderTest extends CacheReaderContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected CacheReader reader(Bearer bearer) {
    return roles.as(bearer);
  }
}
