package dev.entitlements.momento;

import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.GrpcRoles;
import dev.entitlements.testkit.TokenMinterContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcTokenMinterTest extends TokenMinterContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected TokenMinter minter(Bearer bearer) {
    return roles.as(bearer);
  }
}
