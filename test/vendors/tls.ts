// TEST ONLY: a self-signed certificate for 127.0.0.1 and localhost (valid until 2126) and its private
// key, both public by being here, to run a simulated vendor over HTTPS. Protects nothing, proves nothing.
import type { RunningVendor, VendorOptions, VendorSimulator } from './Vendor';

/** Made once with `openssl req -x509`: node alone cannot make a certificate. */
export const TEST_ONLY_CERTIFICATE = {
	key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyV4rGldDQY3/aN+K
borRF/LZxhUk6CH9cMiOkT8+7RahRANCAATKl2fycNWZgRaLpy95OnDQRKpAWucz
eqfTWy6ZYKpSNsFGtFGEgJsd+2tbGmc9z7priN/QAdoxAk7ot6nkYmFH
-----END PRIVATE KEY-----
`,
	cert: `-----BEGIN CERTIFICATE-----
MIIBxTCCAWugAwIBAgIUe5JL/wFnB1bfHOr/mYJCqa5UVcowCgYIKoZIzj0EAwIw
KTEnMCUGA1UEAwwec2FuZGJveCB2ZW5kb3IsIGZvciB0ZXN0cyBvbmx5MCAXDTI2
MTEyMjIxNTMzOFoYDzIxMjYxMDI5MjE1MzM4WjApMScwJQYDVQQDDB5zYW5kYm94
IHZlbmRvciwgZm9yIHRlc3RzIG9ubHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AATKl2fycNWZgRaLpy95OnDQRKpAWuczeqfTWy6ZYKpSNsFGtFGEgJsd+2tbGmc9
z7priN/QAdoxAk7ot6nkYmFHo28wbTAdBgNVHQ4EFgQUPI4+ps8r3c8/qoa19hXT
AAntXYAwHwYDVR0jBBgwFoAUPI4+ps8r3c8/qoa19hXTAAntXYAwDwYDVR0TAQH/
BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAN4r8SyGm7CQZqgmyPfnUhSIZqy6NrUWi8/Cw+xK0roZAiBeRZegfWMJ
bwwhnoWeGxqqVrwaapHcS6/txlF0Jj7E3g==
-----END CERTIFICATE-----
`,
};

/** Starts the vendor over HTTPS: its `url` begins with `https:` and its certificate is not to be trusted. */
export function startTlsVendor<Flags extends object>(
	simulator: VendorSimulator<Flags>,
	options: VendorOptions<Flags> = {},
): Promise<RunningVendor<Flags>> {
	return simulator.start({ ...options, tls: TEST_ONLY_CERTIFICATE });
}
