package dev.entitlements.local.internal.http;

import com.linecorp.armeria.common.TlsKeyPair;
import java.net.InetSocketAddress;

/** Where TLS is to be served, and with what. */
public record TlsPort(InetSocketAddress address, TlsKeyPair keyPair) {}
