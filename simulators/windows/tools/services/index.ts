export {
  displayNameOf,
  isDriver,
  SERVICE_ERRORS,
  ServiceControl,
  ServiceError,
  type ServiceErrorCode,
} from './service-control';
