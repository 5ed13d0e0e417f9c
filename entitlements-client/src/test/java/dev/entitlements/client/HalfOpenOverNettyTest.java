package dev.entitlements.client;

import org.junit.jupiter.api.Tag;

/**
 * The same over Netty, which gRPC prefers where it is there. In the soak only: it takes half a
 * minute, and what is found over OkHttp will hardly be missed here.
 */
@Tag("soak")
class HalfOpenOverNettyTest extends HalfOpenTest {}
