package dev.entitlements.server;

import dev.entitlements.local.LocalMomento;

class IssuedTokenTest extends IssuedTokenSuite {
  @Override
  MomentoBackend connect(LocalMomento momento) {
    return MomentoBackend.connect(momento.credentials(), CACHE);
  }
}
