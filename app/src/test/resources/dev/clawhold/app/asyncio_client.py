import asyncio, ssl, sys


async def fetch(host, path):
    reader, writer = await asyncio.open_connection(host, 443, ssl=ssl.create_default_context())
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    print((await asyncio.wait_for(reader.read(), 20)).decode())
    writer.close()


async def main():
    await asyncio.gather(*(fetch(*target.split("/", 1)[:1], "/" + target.split("/", 1)[1])
                           for target in sys.argv[1:]))

asyncio.run(main())
