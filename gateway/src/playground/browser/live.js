/**
 * One operation over graphql-transport-ws, as GraphiQL's observable: a socket of its own, closed when the reader leaves.
 */
export function overSocket(url, { payload, authorization }) {
  return {
    subscribe(observer) {
      const socket = new WebSocket(url, 'graphql-transport-ws');
      let isOver = false;
      const end = (tell) => {
        if (isOver) return;
        isOver = true;
        tell();
        socket.close(1000);
      };
      const say = (message) => socket.send(JSON.stringify(message));
      socket.onopen = () => say({ type: 'connection_init', payload: authorization ? { authorization } : {} });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === 'connection_ack') say({ id: '1', type: 'subscribe', payload });
        else if (message.type === 'ping') say({ type: 'pong' });
        else if (message.type === 'next') observer.next(message.payload);
        else if (message.type === 'error') end(() => observer.error({ errors: message.payload }));
        else if (message.type === 'complete') end(() => observer.complete());
      };
      socket.onclose = ({ code, reason }) =>
        end(() => observer.error(new Error(`The connection was closed: ${code} ${reason}`)));
      return { unsubscribe: () => end(() => undefined) };
    },
  };
}
