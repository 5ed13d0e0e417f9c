package dev.entitlements.momento;

import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.GrpcRoles;
import dev.entitlements.testkit.TopicPublisherContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcTopicPublisherTest extends TopicPublisherContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected TopicPublisher publisher(Bearer bearer) {
    return roles.as(bearer);
  }
}
